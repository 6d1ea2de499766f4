package dev.eventbus.cli.demo;

/** Shows a demo while it runs. Called by one thread. */
interface DemoView {

  /** Shows nothing. */
  DemoView NONE = new DemoView() {
    @Override
    public void fault(double seconds, String text) {}

    @Override
    public void progress(double seconds, Progress progress) {}

    @Override
    public void end() {}
  };

  /** Something that stays on the screen. */
  void fault(double seconds, String text);

  /** How far it is; called many times a second. */
  void progress(double seconds, Progress progress);

  /** Nothing more comes. */
  void end();
}
