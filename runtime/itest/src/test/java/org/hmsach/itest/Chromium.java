package org.hmsach.itest;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The browser of the machine, its pages' errors collected, screenshots in {@code target/screenshots}. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path SHOTS = Home.project().resolve("runtime/itest/target/screenshots");
    private static final int PATIENCE_MS = 60_000;

    private final List<String> errors = new ArrayList<>();
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it, or skips the test where there is none. */
    static Chromium start() throws IOException {
        Home.need("chromium", Files.isExecutable(PROGRAM), "there is no " + PROGRAM);
        Files.createDirectories(SHOTS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        return new Chromium(playwright, browser);
    }

    /** A page of a person of their own. @param expected messages that are no errors of the page */
    Page page(Browser.NewContextOptions person, Predicate<String> expected) {
        Page page = browser.newContext(person.setViewportSize(1280, 900)).newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            String text = message.text() + " at " + message.location();
            if (message.type().equals("error") && !expected.test(text)) {
                errors.add(text);
            }
        });
        page.onPageError(errors::add);
        return page;
    }

    /** Whether the server only told the page to come again: on a busy machine something may not be there yet. */
    static boolean isAgain(String error) {
        return error.contains("status of 503");
    }

    /** What the pages' consoles said that nobody expected. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Keeps a picture of the whole page. */
    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** The pages as they are now: what there is to look at after a failure. */
    @Override
    public void close() {
        browser.contexts().forEach(context -> context.pages().forEach(page -> shoot(page, "last-" + page.title())));
        browser.close();
        playwright.close();
    }
}
