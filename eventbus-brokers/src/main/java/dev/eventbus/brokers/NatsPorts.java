package dev.eventbus.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports of one node on 127.0.0.1: for clients, for the other nodes, for monitoring. */
record NatsPorts(int client, int route, int monitoring) {

  static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS = {127, 0, 0, 1};

  /**
   * Ports that nobody has now.
   *
   * @throws PortTakenException if somebody has the port that was asked for
   */
  static List<NatsPorts> free(NatsSpec spec) throws PortTakenException {
    // All are held until the last is known, so that none is given twice.
    var held = new ArrayList<ServerSocket>();
    try {
      var ports = new ArrayList<NatsPorts>();
      for (int node = 0; node < spec.nodes(); node++) {
        int client = hold(spec.port() == 0 ? 0 : spec.port() + node, held);
        ports.add(new NatsPorts(client, hold(0, held), hold(0, held)));
      }
      return ports;
    } finally {
      held.forEach(NatsPorts::release);
    }
  }

  private static int hold(int port, List<ServerSocket> held) throws PortTakenException {
    try {
      var socket = new ServerSocket();
      held.add(socket);
      // As the server itself does: connections of a server that has ended do not hinder.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PortTakenException(new BrokerException(
          "port %d of %s cannot be had (%s): end what listens there, or give another port, or 0 for a free one"
              .formatted(port, HOST, e.getMessage()),
          e));
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
