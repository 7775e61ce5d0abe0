"""The limits of one connection. docs/running.md ("Limits of a connection") explains them to operators."""

from __future__ import annotations

from workshop.rules.limits import MESSAGE_BYTES

#: bytes of the largest message, assembled from its fragments; also of the largest HTTP body that is read
LARGEST_MESSAGE = MESSAGE_BYTES
MOST_FRAGMENTS = 256

#: frames (or packets, by polling) a connection may send at once, and how many more each second. A facilitator may send 60
#: commands in two seconds and 900 in a minute (rate_limits.py), and phones send a few other messages beside commands.
FRAMES_AT_ONCE = 200
FRAMES_PER_SECOND = 30.0
#: the same for bytes
BYTES_AT_ONCE = 32 * MESSAGE_BYTES
BYTES_PER_SECOND = 200_000.0

#: bytes that may wait for a connection that does not read; a single larger answer is still sent
SEND_QUEUE_BYTES = 4 * 1024 * 1024
#: bytes the operating system may buffer for it besides; without a limit it takes megabytes, and a connection that reads
#: nothing goes unnoticed
SEND_BUFFER_BYTES = 128 * 1024
#: seconds during which a connection may take nothing of what waits for it, before it is closed
UNREAD_SECONDS = 45.0

#: seconds for the whole head of a request, and again for its body; also for a new connection's first byte
REQUEST_SECONDS = 20.0
#: seconds a connection may be idle between two requests; longer than the two minutes after which proxies close theirs
IDLE_SECONDS = 130.0
#: seconds within which a piece of an answer must be read, besides the time its size takes at the slowest accepted rate, bytes
#: a second
ANSWER_SECONDS = 30.0
SLOWEST_READING = 10_000
#: seconds until a session must have shown a valid token
STRANGER_SECONDS = 20.0
#: sessions that have shown no valid token yet; beyond this number the oldest are closed
MOST_STRANGERS = 2_000
#: seconds between the end of a session and the end of its connection
GOODBYE_SECONDS = 5.0

#: answers to polling at once, and how many more each second; what happens in between is sent with the next answer
POLLS_AT_ONCE = 4
POLLS_PER_SECOND = 2.0

#: open sockets of one token in one workshop
SOCKETS_PER_TOKEN = 8
