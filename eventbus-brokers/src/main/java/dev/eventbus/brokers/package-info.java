/** Starts, stops, kills and pauses real brokers on this machine. */
@NullMarked
package dev.eventbus.brokers;

import org.jspecify.annotations.NullMarked;
