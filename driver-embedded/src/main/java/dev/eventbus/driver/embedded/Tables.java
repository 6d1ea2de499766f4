package dev.eventbus.driver.embedded;

/** The statements of the keeper's connection. */
record Tables(TopicTable topics, GroupTable groups, OwnTable owners, ReplayTable replays) {

  static Tables on(WriteSession session) throws StoreException {
    var topics = new TopicTable(session);
    return new Tables(
        topics,
        new GroupTable(session, topics),
        new OwnTable(session),
        new ReplayTable(session, topics));
  }
}
