package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.spi.Driver;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two class loaders with the driver would drop each other's locks: the second one is refused. */
class TwoCopiesTest {

  @TempDir
  private Path folder;

  @Test
  void aSecondCopyIsRefusedOnTheSameFile() throws Exception {
    String file = folder.resolve("bus.db").toString();
    try (Driver driver = Drivers.open(file);
        var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Method open = loader
          .loadClass(Drivers.class.getName())
          .getDeclaredMethod("open", String.class, String[].class);
      open.setAccessible(true);
      assertThatThrownBy(() -> open.invoke(null, file, new String[0]))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContainingAll(file, "class loader", "embedded-two-copies");
      assertThat(Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "e", 1))
          .hasSize(1);
    }
  }

  private static URL[] classPath() throws Exception {
    var urls = new ArrayList<URL>();
    for (String entry :
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
