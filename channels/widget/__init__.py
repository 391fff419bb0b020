"""The widget door: one script tag on any site, and the page that its frame shows. It is the web door's chat."""
