/** The driver {@code nats}: JetStream for the reliable profile, core NATS for the realtime one. */
@NullMarked
package dev.eventbus.driver.nats;

import org.jspecify.annotations.NullMarked;
