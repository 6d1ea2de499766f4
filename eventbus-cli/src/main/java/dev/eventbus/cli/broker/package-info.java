/**
 * {@code eventbus broker}: starts, finds and stops brokers on this machine.
 *
 * <p>{@link dev.eventbus.cli.broker.StateDirectory} remembers which processes were started, so that
 * another run of the command finds them.
 */
@NullMarked
package dev.eventbus.cli.broker;

import org.jspecify.annotations.NullMarked;
