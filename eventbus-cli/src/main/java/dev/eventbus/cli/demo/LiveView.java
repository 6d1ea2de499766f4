package dev.eventbus.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Bars that are drawn over themselves, below the faults; for a terminal. */
final class LiveView implements DemoView {

  private static final String CLEAR_LINE = "\u001b[2K";
  private static final String UP = "\u001b[%dA";
  private static final int LABEL = 12;
  private static final int BESIDE_BAR = LABEL + 26;
  private static final int WIDEST_BAR = 60;

  private final PrintWriter out;
  private final int total;
  private final int bar;
  private int drawn;

  LiveView(PrintWriter out, int total, int columns) {
    this.out = out;
    this.total = total;
    this.bar = Math.min(WIDEST_BAR, Math.max(10, columns - BESIDE_BAR));
  }

  @Override
  public void fault(double seconds, String text) {
    wipe();
    out.println(PlainView.faultLine(seconds, text));
  }

  @Override
  public void progress(double seconds, Progress progress) {
    wipe();
    line("published", progress.published(), String.format(Locale.ROOT, "%.1f s", seconds));
    line("settled", progress.settled(), "of " + total);
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      String name = Members.name(member);
      line("  " + name, progress.handledBy(name), progress.isUp(name) ? "" : "down");
    }
    out.flush();
  }

  /** The bars stay as they were drawn last. */
  @Override
  public void end() {
    drawn = 0;
  }

  private void line(String label, int count, String beside) {
    int full = (int) Math.min(bar, (long) bar * count / total);
    out.printf(
        "%-" + LABEL + "s%s%s %7d  %s%n",
        label,
        "█".repeat(full),
        "░".repeat(bar - full),
        count,
        beside);
    drawn++;
  }

  private void wipe() {
    if (drawn > 0) {
      out.printf(UP, drawn);
      out.print((CLEAR_LINE + "\n").repeat(drawn));
      out.printf(UP, drawn);
      drawn = 0;
    }
  }
}
