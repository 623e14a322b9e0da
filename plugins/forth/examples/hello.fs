." Hello, world!" cr bye
