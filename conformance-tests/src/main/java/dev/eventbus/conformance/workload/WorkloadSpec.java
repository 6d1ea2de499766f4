package dev.eventbus.conformance.workload;

import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.BrokerFixture.BrokerControl;
import dev.eventbus.conformance.BrokerFixture.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workload runs on.
 *
 * @param directory where its histories and logs go
 * @param topic its topic
 * @param group the group of its members
 * @param settings what publishers and readers connect with
 * @param memberSettings what members connect with
 * @param jvmOptions for member processes
 * @param options how members subscribe
 * @param patience how long nothing may happen before the workload gives up
 * @param control how to stop and start the broker
 * @param cluster its nodes where it has several
 */
public record WorkloadSpec(
    Path directory,
    String topic,
    String group,
    Map<String, String> settings,
    Map<String, String> memberSettings,
    List<String> jvmOptions,
    SubscribeOptions options,
    Duration patience,
    Optional<BrokerControl> control,
    Optional<Cluster> cluster) {

  public WorkloadSpec {
    settings = Map.copyOf(settings);
    memberSettings = Map.copyOf(memberSettings);
    jvmOptions = List.copyOf(jvmOptions);
  }
}
