using Microsoft.Playwright;

namespace Tessera.Portal;

public sealed class UploadingTests(RunningHost host)
{
    [Fact]
    public async Task File_chosen_as_soon_as_the_page_takes_one_arrives_over_a_slow_line()
    {
        await using var browser = await Browser.OpenAsync(host);
        (await SlowLine.OfAsync(browser.Page)).Slow();
        await browser.SignInAsync();
        await browser.GoAsync("/documents");
        await AskingTests.Choose(browser.Page, "Domain", "Medical");
        var name = $"early-{Guid.NewGuid():N}.txt";
        await browser.Page.SetInputFilesAsync(AskingTests.Upload("medical"), new FilePayload { Name = name, MimeType = "text/plain", Buffer = "Chosen early."u8.ToArray() });
        await Assertions.Expect(browser.Page.Locator($"tr[data-name='{name}'] .status")).ToHaveTextAsync("Searchable");
    }
}
