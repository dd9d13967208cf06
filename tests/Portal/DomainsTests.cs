using Microsoft.Playwright;

namespace Tessera.Portal;

public sealed class DomainsTests(RunningHost host)
{
    [Fact]
    public async Task Package_with_one_changed_bit_is_refused_with_the_reason()
    {
        await using var browser = await Browser.OpenAsync(host);
        await browser.SignInAsync();
        await browser.GoAsync("/domains");
        await Assertions.Expect(Domain(browser, "legal").Locator(".status")).ToHaveTextAsync("Active");
        await browser.PictureAsync("domains");

        var package = Directory.EnumerateFiles(RunningHost.Root, "code-*.tessera", SearchOption.AllDirectories).First();
        var bytes = await File.ReadAllBytesAsync(package, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await browser.Page.SetInputFilesAsync("input[type=file]:not([disabled])", new FilePayload { Name = "code.tessera", MimeType = "application/octet-stream", Buffer = bytes });
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Refused");
        await browser.PictureAsync("package-refused");
        await Assertions.Expect(Domain(browser, "legal")).ToContainTextAsync("came with Tessera");
    }

    [Fact]
    public async Task New_version_is_active_at_once_and_is_switched_off_and_removed()
    {
        await using var browser = await Browser.OpenAsync(host);
        await browser.SignInAsync();
        await browser.GoAsync("/domains");
        var card = Domain(browser, "code");
        await Assertions.Expect(card).ToContainTextAsync("came with Tessera");
        var package = await NewVersion.OfAsync("code", "Code", "9.0.0");
        await browser.Page.SetInputFilesAsync("input[type=file]:not([disabled])", new FilePayload { Name = "code.tessera", MimeType = "application/octet-stream", Buffer = package });
        await Assertions.Expect(card).ToContainTextAsync("9.0.0");
        await Assertions.Expect(card.Locator(".status")).ToHaveTextAsync("Active");
        await Assertions.Expect(card).ToContainTextAsync("tessera · key");
        await browser.PictureAsync("package-active");

        await card.GetByRole(AriaRole.Switch).ClickAsync();
        await Assertions.Expect(card).ToHaveAttributeAsync("data-enabled", "false");
        await Assertions.Expect(card.GetByRole(AriaRole.Switch)).Not.ToBeCheckedAsync();
        await browser.GoAsync("/");
        await browser.Page.GetByLabel("Domain").First.ClickAsync();
        await Assertions.Expect(browser.Page.Locator(".mud-popover-open .mud-list-item", new() { HasText = "Legal" })).ToBeVisibleAsync();
        await Assertions.Expect(browser.Page.Locator(".mud-popover-open .mud-list-item", new() { HasText = "Code" })).ToHaveCountAsync(0);

        await browser.GoAsync("/domains");
        await card.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await browser.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(card).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Failed_document_says_why_and_can_be_deleted()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInAsync();
        await browser.GoAsync("/documents");
        await AskingTests.Choose(page, "Domain", "Legal");
        await page.SetInputFilesAsync(AskingTests.Upload("legal"), new FilePayload { Name = "broken.docx", MimeType = "application/octet-stream", Buffer = "PK\x03\x04 no zip at all"u8.ToArray() });
        var row = page.Locator("tr[data-name='broken.docx']");
        await Assertions.Expect(row.Locator(".status")).ToHaveTextAsync("Failed");
        await Assertions.Expect(row.Locator(".reason")).Not.ToBeEmptyAsync();
        await browser.PictureAsync("failed");
        await row.GetByRole(AriaRole.Button, new() { Name = "Delete broken.docx" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }

    private static ILocator Domain(Browser browser, string id) => browser.Page.Locator($".plugin[data-domain='{id}']");
}
