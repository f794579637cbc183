"""The built-in server: real HTTP on a loopback port, in a process of its own."""
