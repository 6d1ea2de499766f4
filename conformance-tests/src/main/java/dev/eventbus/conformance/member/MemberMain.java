package dev.eventbus.conformance.member;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A member as a process of its own: the argument is a specification file, commands come as lines of
 * standard input, each answered by one line. It dies with its parent, whose end closes that input.
 */
public final class MemberMain {

  /** The answer once it has subscribed. */
  static final String READY = "ready";

  /** The answer to a command that was done, followed by the command. */
  static final String DONE = "done ";

  private static final int ORPHANED = 3;
  private static final int FAILED = 4;

  private MemberMain() {}

  /** Runs until {@code close}, or until the parent is gone. */
  @SuppressWarnings("SystemExitOutsideMain") // halt is the point: an orphan must leave nothing
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    try (LocalMember member = LocalMember.start(MemberSpecFile.read(Path.of(args[0])))) {
      answers.println(READY);
      serve(member, answers);
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(FAILED);
    }
    answers.println(DONE + "close");
    System.exit(0);
  }

  private static void serve(LocalMember member, PrintStream answers) throws IOException {
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (true) {
      String command = commands.readLine();
      if (command == null) {
        Runtime.getRuntime().halt(ORPHANED);
        return;
      }
      switch (command) {
        case "pause" -> member.pause();
        case "resume" -> member.resume();
        case "close" -> {
          return;
        }
        default -> throw new IllegalArgumentException("no such command: " + command);
      }
      answers.println(DONE + command);
    }
  }
}
