package dev.eventbus.driver.nats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The way to a server, which can be cut and mended. */
final class Cable implements AutoCloseable {

  private final URI server;
  private final ServerSocket entry;
  private final Thread acceptor = new Thread(this::accept, "cable");
  private final List<Socket> sockets = new ArrayList<>();
  private boolean whole = true;

  Cable(String url) throws IOException {
    server = URI.create(url);
    entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String url() {
    return "nats://127.0.0.1:" + entry.getLocalPort();
  }

  /** Ends every connection; new ones end at once. */
  synchronized void cut() throws IOException {
    whole = false;
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  synchronized void mend() {
    whole = true;
  }

  private void accept() {
    try {
      while (true) {
        join(entry.accept());
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private synchronized void join(Socket client) throws IOException {
    if (!whole) {
      client.close();
      return;
    }
    var upstream = new Socket(server.getHost(), server.getPort());
    sockets.add(client);
    sockets.add(upstream);
    pump(client, upstream);
    pump(upstream, client);
  }

  private static void pump(Socket from, Socket to) {
    var pump = new Thread(
        () -> {
          try (from;
              to) {
            copy(from.getInputStream(), to.getOutputStream());
          } catch (IOException cut) {
            // both ends are closed
          }
        },
        "cable pump");
    pump.setDaemon(true);
    pump.start();
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    cut();
    entry.close();
  }
}
