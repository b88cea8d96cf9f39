package dev.parley.server.testing;

import dev.parley.server.config.ConfigLoader;
import dev.parley.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Configurations for tests. */
public final class Configs {
    private Configs() {}

    /** Free ports of the loopback address, data in the folder; then what the variables say. */
    public static ServerConfig of(Path folder, Map<String, String> variables) {
        var environment = new HashMap<>(Map.of(
                "PARLEY_PORT", "0",
                "PARLEY_MEDIA_PORT", "0",
                "PARLEY_HOST", "127.0.0.1",
                "PARLEY_DATA_DIR", folder.resolve("data").toString(),
                "PARLEY_WEB_DIR", folder.resolve("web").toString()));
        environment.putAll(variables);
        return ConfigLoader.load(Map.of(), environment, Optional.empty(), folder);
    }
}
