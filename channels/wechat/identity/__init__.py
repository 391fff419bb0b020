"""Who a citizen on WeChat is elsewhere: pages opened from WeChat, and browsers that are hers."""
