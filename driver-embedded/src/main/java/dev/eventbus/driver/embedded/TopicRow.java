package dev.eventbus.driver.embedded;

import java.util.List;

/**
 * A topic in the database.
 *
 * @param id its row
 * @param name its name
 * @param lanes the rows of its lanes, by number
 */
record TopicRow(long id, String name, List<Long> lanes) {}
