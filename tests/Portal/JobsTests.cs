using Microsoft.Playwright;

namespace Tessera.Portal;

public sealed class JobsTests(RunningHost host)
{
    [Fact]
    public async Task Jobs_of_uploaded_documents_are_shown_with_their_ends()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInAsync();
        await browser.GoAsync("/documents");
        await page.SetInputFilesAsync("input[type=file]:not([disabled])", new FilePayload { Name = "jobs-page.txt", MimeType = "text/plain", Buffer = "The supplier delivers."u8.ToArray() });
        await Assertions.Expect(page.Locator("tr[data-name='jobs-page.txt'] .status")).ToHaveTextAsync("Searchable");
        await browser.GoAsync("/jobs");
        var row = page.Locator("tr[data-job='Ingest']", new() { HasText = "Read jobs-page.txt" }).First;
        await Assertions.Expect(row.Locator(".status")).ToHaveTextAsync("Done");
        await browser.PictureAsync("jobs");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Workers_are_shown_in_a_page_of_their_own()
    {
        await using var browser = await Browser.OpenAsync(host);
        await browser.SignInAsync();
        var workers = await browser.Page.Context.RunAndWaitForPageAsync(() => browser.Page.GetByRole(AriaRole.Link, new() { Name = "Workers" }).ClickAsync());
        await Assertions.Expect(workers).ToHaveTitleAsync("Overview – Tessera: workers");

        // Its scripts and styles are let in by the policy of all pages.
        await browser.Page.GotoAsync($"{host.Url}/workers/servers");
        await Assertions.Expect(browser.Page.Locator("table")).ToBeVisibleAsync();
        await browser.PictureAsync("workers");
        Assert.Empty(browser.Complaints);
    }
}
