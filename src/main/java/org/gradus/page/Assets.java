package org.gradus.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** What lies on the class path for the page: its template, style and scripts, and the chart library whole. */
final class Assets {
    /** In the order in which they build on each other. */
    private static final List<String> SCRIPTS = List.of(
            "data.js",
            "theme.js",
            "chart.js",
            "curves.js",
            "ensemble.js",
            "detail.js",
            "compare.js",
            "heat.js",
            "products.js",
            "runs.js",
            "main.js");

    private static final String LIBRARY_VERSION = "META-INF/maven/org.webjars.npm/echarts/pom.properties";
    private static final String LIBRARY = "META-INF/resources/webjars/echarts/%s/";

    private Assets() {}

    static String template() {
        return read("org/gradus/page/page.html");
    }

    static String style() {
        return read("org/gradus/page/page.css");
    }

    /** The page's own scripts as one, with nothing in the global scope but what the last of them puts there. */
    static String scripts() {
        return SCRIPTS.stream()
                .map(name -> read("org/gradus/page/" + name))
                .collect(Collectors.joining("\n", "(() => {\n\"use strict\";\n", "})();\n"));
    }

    static String library() {
        return read(library("dist/echarts.min.js"));
    }

    /** Of the library and of what its file holds of others. */
    static String licences() {
        return read(library("NOTICE")) + "\n" + read(library("licenses/LICENSE-d3")) + "\n"
                + read("org/gradus/page/licences.txt");
    }

    private static String library(String name) {
        Properties properties = new Properties();
        try (InputStream in = open(LIBRARY_VERSION)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the chart library cannot be read: " + e.getMessage(), e);
        }
        return LIBRARY.formatted(properties.getProperty("version")) + name;
    }

    /** As a Content-Security-Policy names a script that may run. */
    static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String read(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(name + " of the class path cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Assets.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return in;
    }
}
