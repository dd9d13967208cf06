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
}
