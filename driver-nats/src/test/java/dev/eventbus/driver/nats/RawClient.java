package dev.eventbus.driver.nats;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client without a library, which can send what no library would. */
final class RawClient implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader lines;

  RawClient(String url) throws IOException {
    URI uri = URI.create(url);
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(10_000);
    lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    send(bytes("CONNECT {\"verbose\":false,\"headers\":true}\r\n"));
    flush();
  }

  void publish(String subject, byte[] headers, String payload) throws IOException {
    byte[] body = bytes(payload);
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(bytes(
        "HPUB " + subject + " " + headers.length + " " + (headers.length + body.length) + "\r\n"));
    frame.writeBytes(headers);
    frame.writeBytes(body);
    frame.writeBytes(bytes("\r\n"));
    send(frame.toByteArray());
    flush();
  }

  private void flush() throws IOException {
    send(bytes("PING\r\n"));
    String line = lines.readLine();
    while (line != null && !line.equals("PONG")) {
      if (line.startsWith("-ERR")) {
        throw new IOException(line);
      }
      line = lines.readLine();
    }
  }

  private void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
