using Microsoft.Playwright;
using Tessera.Integration.Adapting;

namespace Tessera.Portal;

public sealed class AdaptationTests(RunningHost host)
{
    [Fact]
    public async Task Models_are_adapted_checked_used_and_taken_back_on_one_page()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInToNewTenantAsync();
        await UploadAsync(page, browser, TwoTongues.Files(50));
        await OpenAsync(browser);
        var learn = page.Locator("section[aria-label='Learn from our documents']");
        await Assertions.Expect(learn).ToContainTextAsync("50 of 400 needed");
        await Assertions.Expect(learn.GetByRole(AriaRole.Button, new() { Name = "Adapt the models" })).ToBeDisabledAsync();
        await browser.PictureAsync("adaptation-not-offered");

        await UploadAsync(page, browser, TwoTongues.Files(400).Skip(1));
        await OpenAsync(browser);
        await Assertions.Expect(learn).ToHaveAttributeAsync("data-state", "Offered");

        // A question of one's own.
        var own = page.Locator("section[aria-label='Own questions']");
        await own.GetByLabel("Question").FillAsync(TwoTongues.Heading(1));
        await Assertions.Expect(own.Locator("datalist option[value='000.md']")).ToHaveCountAsync(1);
        await own.GetByLabel("Document").FillAsync("none.md");
        await own.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(own.GetByRole(AriaRole.Alert)).ToContainTextAsync("No document of this domain is called so");
        await own.GetByLabel("Document").FillAsync("000.md");
        await own.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(own.Locator("li")).ToContainTextAsync("000.md");
        await browser.PictureAsync("adaptation-offered");

        // Begun, cancelled, begun again.
        await learn.GetByRole(AriaRole.Button, new() { Name = "Adapt the models" }).ClickAsync();
        await Assertions.Expect(learn.GetByRole(AriaRole.Status)).ToContainTextAsync("%");
        await browser.PictureAsync("adaptation-running");
        await learn.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-label='Last run']")).ToContainTextAsync("was cancelled");
        await learn.GetByRole(AriaRole.Button, new() { Name = "Adapt them again" }).ClickAsync();
        await Assertions.Expect(learn).ToHaveAttributeAsync("data-state", "Won", new() { Timeout = 240_000 });
        var used = page.Locator("[data-adapted=true]");
        await Assertions.Expect(used).ToContainTextAsync("Since", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".adaptation-figures")).ToContainTextAsync("200 held-out headings");
        await Assertions.Expect(page.Locator(".adaptation-figures")).ToContainTextAsync("1 own question");
        await browser.PictureAsync("adaptation-won");

        await used.GetByRole(AriaRole.Button, new() { Name = "Go back" }).ClickAsync();
        await Assertions.Expect(used).ToHaveCountAsync(0);
        await own.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(own.Locator("li")).ToHaveCountAsync(0);
        await browser.PictureAsync("adaptation-back");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Answer_is_marked_useful_and_stays_so()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInToNewTenantAsync();
        await UploadAsync(page, browser, [("mill.txt", "The rent of the mill is 1,250 euros per month. The deposit is three months' rent."u8.ToArray())]);
        await browser.GoAsync("/");
        await AskingTests.Choose(page, "Domain", "Medical");
        await page.FillAsync("#question", "What is the rent of the mill?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        var useful = page.GetByRole(AriaRole.Button, new() { Name = "Useful", Exact = true });
        await useful.ClickAsync();
        await Assertions.Expect(useful).ToHaveAttributeAsync("aria-pressed", "true");
        await browser.PictureAsync("answer-rated");
        await browser.GoAsync("/");
        await AskingTests.Choose(page, "Domain", "Medical");
        await page.Locator(".talks button", new() { HasText = "What is the rent" }).First.ClickAsync();
        await Assertions.Expect(useful).ToHaveAttributeAsync("aria-pressed", "true");
        await browser.GoAsync("/adaptation");
        await AskingTests.Choose(page, "Domain", "Medical");
        await Assertions.Expect(page.Locator(".adaptation-facts")).ToContainTextAsync("Useful answers1");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Page_fits_a_phone_and_the_night()
    {
        await using var browser = await Browser.OpenAsync(host, 390, 844, dark: true);
        await browser.SignInToNewTenantAsync();
        await OpenAsync(browser);
        await browser.PictureAsync("phone-adaptation");
        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        Assert.Empty(browser.Complaints);
    }

    private static async Task OpenAsync(Browser browser)
    {
        await browser.GoAsync("/adaptation");
        await AskingTests.Choose(browser.Page, "Domain", "Medical");
        await Assertions.Expect(browser.Page.Locator("section[aria-label='Own questions']")).ToBeVisibleAsync();
    }

    private static async Task UploadAsync(IPage page, Browser browser, IEnumerable<(string Name, byte[] Bytes)> files)
    {
        await browser.GoAsync("/documents");
        await AskingTests.Choose(page, "Domain", "Medical");
        foreach (var (name, bytes) in files)
        {
            await page.SetInputFilesAsync(AskingTests.Upload("medical"), new FilePayload { Name = name, MimeType = "text/plain", Buffer = bytes });
            await Assertions.Expect(page.Locator($"tr[data-name='{name}'] .status")).ToHaveTextAsync("Searchable");
        }
    }
}
