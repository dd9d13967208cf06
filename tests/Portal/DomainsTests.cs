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
        await Assertions.Expect(browser.Page.Locator(".plugin")).ToHaveCountAsync(3);
        await browser.PictureAsync("domains");

        var package = Directory.EnumerateFiles(RunningHost.Root, "code-*.tessera", SearchOption.AllDirectories).First();
        var bytes = await File.ReadAllBytesAsync(package, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await browser.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "code.tessera", MimeType = "application/octet-stream", Buffer = bytes });
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Refused");
        await browser.PictureAsync("package-refused");
        await Assertions.Expect(browser.Page.Locator(".plugin")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Failed_document_says_why_and_can_be_deleted()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInAsync();
        await browser.GoAsync("/documents");
        await AskingTests.Choose(page, "Domain", "Legal");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "broken.docx", MimeType = "application/octet-stream", Buffer = "PK\x03\x04 no zip at all"u8.ToArray() });
        var row = page.Locator("tr[data-name='broken.docx']");
        await Assertions.Expect(row.Locator(".status")).ToHaveTextAsync("Failed");
        await Assertions.Expect(row.Locator(".reason")).Not.ToBeEmptyAsync();
        await browser.PictureAsync("failed");
        await row.GetByRole(AriaRole.Button, new() { Name = "Delete broken.docx" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }
}
