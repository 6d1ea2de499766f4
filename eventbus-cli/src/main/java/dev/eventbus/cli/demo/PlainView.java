package dev.eventbus.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Lines, one a second and one for each fault. */
final class PlainView implements DemoView {

  private final PrintWriter out;
  private long lastSecond;

  PlainView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void fault(double seconds, String text) {
    out.println(faultLine(seconds, text));
  }

  static String faultLine(double seconds, String text) {
    return String.format(Locale.ROOT, "%5.1f s  ! %s", seconds, text);
  }

  @Override
  public void progress(double seconds, Progress progress) {
    if ((long) seconds == lastSecond) {
      return;
    }
    lastSecond = (long) seconds;
    var line = new StringBuilder();
    line.append(String.format(
        Locale.ROOT,
        "%5.1f s  published %d  settled %d",
        seconds,
        progress.published(),
        progress.settled()));
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      String name = Members.name(member);
      line.append("  ").append(name).append(' ').append(progress.handledBy(name));
      line.append(progress.isUp(name) ? "" : " (down)");
    }
    out.println(line);
  }

  @Override
  public void end() {}
}
