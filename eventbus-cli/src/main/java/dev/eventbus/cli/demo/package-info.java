/**
 * {@code eventbus demo}: processes that are killed, and a verdict from what they recorded.
 *
 * <p>{@link dev.eventbus.cli.demo.DemoRun} starts members as processes of their own, publishes,
 * harms them as {@link dev.eventbus.cli.demo.DemoPlan} says, and follows what everybody records;
 * the kit's checker judges the same records in the end.
 */
@NullMarked
package dev.eventbus.cli.demo;

import org.jspecify.annotations.NullMarked;
