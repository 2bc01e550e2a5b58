package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person at the page: log in, preview, buy, see it live, cancel; the operator's page. Fails on console errors. */
class BrowserIT {
    @Test
    void investorTradesAndOperatorWatches() throws IOException, InterruptedException {
        try (Chromium chromium = Chromium.start();
                Server server = Server.start("core,gov,mkt,mfe,web", "hms.market.session=open")) {
            Server.Investor investor = server.investor("ada", "100000.00");
            investor(page(chromium, ColorScheme.LIGHT), server, investor);
            operator(page(chromium, ColorScheme.DARK), server);
            assertEquals(List.of(), chromium.errors(), "console errors");
        }
    }

    private static void investor(Page page, Server server, Server.Investor investor) {
        page.navigate(server.url().toString());
        page.getByLabel("Login").fill(investor.login());
        page.getByLabel("Password").fill("wrong");
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        page.locator(".login .message")
                .getByText("login", new Locator.GetByTextOptions())
                .first()
                .waitFor();
        page.getByLabel("Password").fill(investor.password());
        page.keyboard().press("Enter");
        page.locator("#equity").getByText("100,000.00").waitFor();
        page.locator("#source").getByText("Simulated market").waitFor();
        page.locator("#preview").waitFor();
        page.locator("[data-rule='gov.collar'] .gain").waitFor();
        page.getByLabel("Quantity").fill("10");
        page.locator("#send:not([disabled])").click();
        page.locator("#positions tr[data-symbol]").waitFor();
        page.locator("#activity").getByText("buy 10").first().waitFor();
        rest(page);
        String first = page.locator("#equity").textContent();
        page.waitForCondition(() -> !page.locator("#equity").textContent().equals(first));
        page.waitForCondition(() -> page.locator(".chart canvas").count() == 1);
        Chromium.shoot(page, "investor");
        page.reload();
        page.locator("#positions tr[data-symbol]").waitFor();
        page.locator("#logout").click();
        page.getByLabel("Login").waitFor();
    }

    /** A limit order far from the market, sent and canceled. */
    private static void rest(Page page) {
        String bid = page.locator("#quote strong").first().textContent().replace(",", "");
        page.getByLabel("Type").selectOption("limit");
        java.math.BigDecimal low = new java.math.BigDecimal(bid)
                .multiply(new java.math.BigDecimal("0.97"))
                .setScale(2, java.math.RoundingMode.DOWN);
        page.getByLabel("Limit price").fill(low.toPlainString());
        page.locator("#send:not([disabled])").click();
        Locator row = page.locator("#open-orders tr[data-id]");
        row.waitFor();
        row.getByText("Cancel").click();
        row.waitFor(
                new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    private static void operator(Page page, Server server) {
        page.navigate(server.url().resolve("/operator.html").toString());
        page.getByLabel("Login").fill(server.operatorLogin());
        page.getByLabel("Password").fill(server.operatorPassword());
        page.keyboard().press("Enter");
        page.locator("tr[data-module='gov.checks'] .gain").waitFor();
        page.locator("#outcomes td").getByText("order.place").waitFor();
        page.locator("#verify").click();
        page.locator("#operator-message").getByText("equal, sums zero").waitFor();
        page.locator("#health tr").nth(2).waitFor();
        Chromium.shoot(page, "operator");
    }

    private static Page page(Chromium chromium, ColorScheme scheme) {
        return chromium.page(
                new Browser.NewContextOptions().setColorScheme(scheme),
                error -> Chromium.isAgain(error) || (error.contains("401") && error.contains("/auth/v1/login")));
    }
}
