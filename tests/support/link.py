"""A TCP link that a test can cut, in one direction or both, and heal again.

A cut link stays open and carries nothing, as a network does that drops packets: bytes wait and
arrive when it is healed, unless `sever` ended the connections. One thread carries all connections
of a link.
"""
import selectors
import socket
import threading

CHUNK = 1 << 16
WAITING_BYTES_MAX = 1 << 20  # beyond it the sender feels the cut, as with a full socket


class Flow:
    """One direction of one connection."""

    def __init__(self, source, target, towards):
        self.source, self.target, self.towards = source, target, towards
        self.waiting = bytearray()
        self.ended = False


class Link:
    """Listens on a port of its own and carries to `port`. `up` is towards it, `down` back."""

    def __init__(self, port, host="127.0.0.1"):
        self.target = (host, port)
        self.listener = socket.create_server((host, 0))
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self.open = {"up": True, "down": True}
        self.flows = []
        self.selector = selectors.DefaultSelector()
        self.bell, self.ringer = socket.socketpair()
        self.lock = threading.Lock()
        self.stopping = False
        self.severing = False
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    def cut(self, *directions):
        """Carries nothing in these directions; both when none is named."""
        self.change({towards: False for towards in directions or ("up", "down")})

    def heal(self):
        self.change({"up": True, "down": True})

    def sever(self):
        """Ends every connection, as a firewall that resets."""
        with self.lock:
            self.severing = True
        self.ringer.send(b"x")

    def change(self, directions):
        with self.lock:
            self.open.update(directions)
        self.ringer.send(b"x")

    def close(self):
        with self.lock:
            self.stopping = True
        self.ringer.send(b"x")
        self.thread.join()

    # What follows runs on the link's thread.

    def carry(self):
        while True:
            with self.lock:
                opened, stopping, severing = dict(self.open), self.stopping, self.severing
                self.severing = False
            if stopping or severing:
                self.end_all()
            if stopping:
                self.listener.close()
                self.bell.close()
                self.ringer.close()
                return
            self.watch(opened)
            for key, events in self.selector.select():
                self.serve(key.fileobj, events, opened)

    def watch(self, opened):
        """Registers what may move now: reading while there is room, writing when there is some."""
        wanted = {self.listener: selectors.EVENT_READ, self.bell: selectors.EVENT_READ}
        for flow in self.flows:
            if len(flow.waiting) < WAITING_BYTES_MAX and not flow.ended:
                wanted[flow.source] = wanted.get(flow.source, 0) | selectors.EVENT_READ
            if opened[flow.towards] and (flow.waiting or flow.ended):
                wanted[flow.target] = wanted.get(flow.target, 0) | selectors.EVENT_WRITE
        for file in list(self.selector.get_map().values()):
            if file.fileobj not in wanted:
                self.selector.unregister(file.fileobj)
        for file, events in wanted.items():
            if file in self.selector.get_map():
                self.selector.modify(file, events)
            else:
                self.selector.register(file, events)

    def serve(self, file, events, opened):
        if file is self.bell:
            self.bell.recv(CHUNK)
        elif file is self.listener:
            self.accept()
        else:
            for flow in list(self.flows):
                if flow.source is file and events & selectors.EVENT_READ:
                    self.receive(flow)
                if (flow.target is file and events & selectors.EVENT_WRITE
                        and opened[flow.towards]):
                    self.send(flow)

    def accept(self):
        near, _ = self.listener.accept()
        try:
            far = socket.create_connection(self.target)
        except OSError:
            near.close()
            return
        for end in (near, far):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.flows += [Flow(near, far, "up"), Flow(far, near, "down")]

    def receive(self, flow):
        try:
            data = flow.source.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            flow.waiting += data
        else:
            flow.ended = True

    def send(self, flow):
        try:
            sent = flow.target.send(flow.waiting) if flow.waiting else 0
        except BlockingIOError:
            return
        except OSError:
            self.end(flow)
            return
        del flow.waiting[:sent]
        if flow.ended and not flow.waiting:
            self.end(flow)

    def end(self, flow):
        """Ends the connection of a flow: both its directions."""
        ends = {flow.source, flow.target}
        self.flows = [other for other in self.flows if other.source not in ends]
        for file in ends:
            if file in self.selector.get_map():
                self.selector.unregister(file)
            file.close()

    def end_all(self):
        while self.flows:
            self.end(self.flows[0])
