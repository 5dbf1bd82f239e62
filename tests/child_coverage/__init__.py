"""Coverage of the child processes that read what offices send (extract/readers/child.py).

They have no environment and can write no file, so that coverage's own support for subprocesses
finds no way in. Where coverage measures the tests, each child is measured too and hands over what
it ran through a socket when it ends; its limits and its isolation stay as they are.
"""
