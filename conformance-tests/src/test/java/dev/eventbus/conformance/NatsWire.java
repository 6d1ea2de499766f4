package dev.eventbus.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * The protocol of NATS over a socket, so that nothing of a client library is between the kit and the
 * server: it sends headers that other languages' clients send and Java's does not. One thread.
 */
final class NatsWire implements Closeable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final String END = "\r\n";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String inbox = "_INBOX." + UUID.randomUUID();

  NatsWire(String url) throws IOException {
    URI address = URI.create(url);
    this.socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    line();
    send("CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":true,\"protocol\":1}" + END
        + "SUB " + inbox + " 1" + END);
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Asks JetStream's API, and takes its answer. */
  JsonNode ask(String subject, String json) throws IOException {
    return request("$JS.API." + subject, Map.of(), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a message and takes the answer, which is JSON and no error. */
  JsonNode request(String subject, Map<String, String> headers, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    if (headers.isEmpty()) {
      write(frame, "PUB %s %s %d%s".formatted(subject, inbox, payload.length, END));
    } else {
      byte[] block = block(headers);
      int total = block.length + payload.length;
      write(frame, "HPUB %s %s %d %d%s".formatted(subject, inbox, block.length, total, END));
      frame.write(block);
    }
    frame.write(payload);
    write(frame, END);
    frame.writeTo(out);
    out.flush();
    JsonNode answer = JSON.readTree(answer());
    if (answer.has("error")) {
      throw new IOException(subject + ": " + answer.get("error"));
    }
    return answer;
  }

  private static byte[] block(Map<String, String> headers) {
    var block = new StringBuilder("NATS/1.0" + END);
    headers.forEach(
        (name, value) -> block.append(name).append(": ").append(value).append(END));
    return block.append(END).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ByteArrayOutputStream frame, String text) {
    frame.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] answer() throws IOException {
    while (true) {
      String[] words = line().split(" ", -1);
      switch (words[0]) {
        case "MSG" -> {
          return body(0, Integer.parseInt(words[words.length - 1]));
        }
        case "HMSG" -> {
          int headers = Integer.parseInt(words[words.length - 2]);
          int total = Integer.parseInt(words[words.length - 1]);
          byte[] body = body(headers, total);
          if (body.length == 0) {
            throw new IOException("nobody answers");
          }
          return body;
        }
        case "PING" -> send("PONG" + END);
        case "-ERR" -> throw new IOException(String.join(" ", words));
        default -> {}
      }
    }
  }

  private byte[] body(int skipped, int total) throws IOException {
    in.skipNBytes(skipped);
    byte[] body = in.readNBytes(total - skipped);
    in.skipNBytes(END.length());
    return body;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("the server ended the connection");
      }
      if (octet == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(octet);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
