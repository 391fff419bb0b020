"""The official account on WeChat: a door like the web's, within WeChat's rules."""
