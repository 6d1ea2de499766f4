package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.member.MemberSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Starts the members of a workload and ends them again. Used by one thread. */
final class Crew implements AutoCloseable {

  private final WorkloadSpec spec;
  private final Recorder recorder;
  private final List<LocalMember> locals = new ArrayList<>();
  private final List<MemberProcess> processes = new ArrayList<>();
  private int files;

  Crew(WorkloadSpec spec, Recorder recorder) {
    this.spec = spec;
    this.recorder = recorder;
  }

  LocalMember local(String name, UnaryOperator<MemberSpec> change) {
    try {
      LocalMember member = LocalMember.start(change.apply(memberSpec(name)));
      locals.add(member);
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MemberProcess begin(String name) {
    try {
      MemberProcess process = MemberProcess.start(memberSpec(name), spec.jvmOptions(), recorder);
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MemberProcess beginByEnvironment(String name) {
    try {
      MemberProcess process =
          MemberProcess.startByEnvironment(memberSpec(name), spec.jvmOptions(), recorder);
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MemberProcess publisher(String name, Duration pause) {
    try {
      MemberSpec publisher = memberSpec(name).withWork(pause);
      MemberProcess process = MemberProcess.startPublisher(publisher, spec.jvmOptions(), recorder);
      processes.add(process);
      return process.awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MemberSpec memberSpec(String name) {
    String file = name + "-" + ++files + ".jsonl";
    return new MemberSpec(
        name,
        spec.memberSettings(),
        spec.topic(),
        spec.group(),
        spec.options(),
        HandlerKind.BLOCKING,
        Duration.ZERO,
        spec.directory().resolve(file));
  }

  /** Closes all that run, as an operator would. */
  void closeInOrder() {
    List<MemberProcess> running =
        processes.stream().filter(MemberProcess::isAlive).toList();
    running.forEach(MemberProcess::beginClose);
    locals.forEach(LocalMember::close);
    running.forEach(MemberProcess::awaitClosed);
  }

  /** Ends all that run, by force where it is a process. Idempotent. */
  @Override
  public void close() {
    processes.forEach(MemberProcess::close);
    locals.forEach(LocalMember::close);
  }
}
