package dev.eventbus.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes this command's names and options in a shell. */
@Command(
    name = "completion",
    description = "Prints a completion script for a shell.",
    footer = {
      "  source <(eventbus completion bash)          for this shell",
      "  eventbus completion zsh > ~/.eventbus.zsh   and in ~/.zshrc: source ~/.eventbus.zsh",
    })
final class CompletionCommand implements Runnable {

  /** The shells that there is a script for; one script serves both. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  private Shell shell = Shell.BASH;

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.println("# Completes eventbus in " + shell.name().toLowerCase(Locale.ROOT) + ".");
    var root = spec.root().commandLine();
    out.println(AutoComplete.bash(root.getCommandName(), root));
  }
}
