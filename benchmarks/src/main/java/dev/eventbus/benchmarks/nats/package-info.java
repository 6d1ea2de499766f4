/** Measurements on real nats-servers, of the bus and of its client alone in turn. */
@NullMarked
package dev.eventbus.benchmarks.nats;

import org.jspecify.annotations.NullMarked;
