"""A small mail server of our own on a loopback port: it takes letters, or does what it is told.

`answers` says what happens to an address: "450 …" or "550 …" is the reply to RCPT, DROP closes
the line where the letter should have been confirmed. Every other letter is taken.
"""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread

DROP = "drop"


@dataclass(frozen=True)
class Letter:
    """An envelope and what was in it."""

    sender: str
    to: list[str]
    message: EmailMessage


class SMTPServer(socketserver.ThreadingTCPServer):
    """Letters that were taken are in `letters`; `connections` counts how often somebody came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.port: int = self.server_address[1]
        self.begin()

    def begin(self) -> None:
        """Forget everything and take every letter."""
        self.letters: list[Letter] = []
        self.answers: dict[str, str] = {}
        self.connections = 0


class Conversation(socketserver.StreamRequestHandler):
    """The commands of RFC 5321 that Python's smtplib sends."""

    server: SMTPServer

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 test")
        self.sender, self.to = "", []
        while command := self.rfile.readline().decode().strip():
            if not self.obey(command):
                return

    def obey(self, command: str) -> bool:
        """Answer one command; False when the line is to be closed."""
        match command.upper().split(":")[0].split(" ")[0]:
            case "MAIL":
                self.sender, self.to = address_in(command), []
                self.say("250 ok")
            case "RCPT":
                self.recipient(address_in(command))
            case "DATA":
                return self.data()
            case "QUIT":
                self.say("221 bye")
                return False
            case _:  # EHLO, RSET
                self.say("250 ok")
        return True

    def recipient(self, address: str) -> None:
        answer = self.server.answers.get(address, "250 ok")
        if answer in ("250 ok", DROP):
            self.to.append(address)
            answer = "250 ok"
        self.say(answer)

    def data(self) -> bool:
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if DROP in [self.server.answers.get(address) for address in self.to]:
            return False
        text = b"".join(lines).replace(b"\r\n", b"\n")
        message = message_from_bytes(text, EmailMessage, policy=default)
        self.server.letters.append(Letter(self.sender, self.to, message))
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def address_in(command: str) -> str:
    """Return ``a@b`` of ``RCPT TO:<a@b>``."""
    return command.partition("<")[2].partition(">")[0]


@contextmanager
def smtp_server() -> Iterator[SMTPServer]:
    """Serve until the block ends."""
    with SMTPServer() as server, serving(server):
        yield server


@contextmanager
def serving(server: SMTPServer) -> Iterator[None]:
    """Let the server answer, in a thread, until the block ends."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
