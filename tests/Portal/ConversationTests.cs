using Microsoft.Playwright;

namespace Tessera.Portal;

public sealed class ConversationTests(RunningHost host)
{
    private const string First = "How many kilowatts does the engine of the ferry give?";

    [Fact]
    public async Task Conversation_is_gone_on_with_left_reopened_and_deleted()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInAsync();
        await UploadAsync(browser, "ferry.txt");
        await browser.GoAsync("/");
        await AskingTests.Choose(page, "Domain", "Legal");
        await AskAsync(page, First);
        await Assertions.Expect(page.Locator(".turn-sentence").First).ToContainTextAsync("900 kilowatts");
        await Assertions.Expect(Talk(page)).ToHaveCountAsync(1);
        await AskAsync(page, "And who mends it?");
        await Assertions.Expect(page.Locator(".turn-question").First).ToHaveTextAsync("And who mends it?");
        await Assertions.Expect(page.Locator(".turn").First).ToContainTextAsync("yard of Halden");
        await Assertions.Expect(Talk(page)).ToHaveCountAsync(1);
        await browser.PictureAsync("conversation");

        await page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Assertions.Expect(page.Locator(".turn")).ToHaveCountAsync(0);
        await browser.GoAsync("/");
        await AskingTests.Choose(page, "Domain", "Legal");
        await Talk(page).GetByRole(AriaRole.Button, new() { Name = First, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".turn-question")).ToHaveTextAsync(["And who mends it?", First]);
        await page.Locator(".cite").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".source mark").First).ToContainTextAsync("900 kilowatts");
        await browser.PictureAsync("conversation-reopened");

        await browser.GoAsync("/documents");
        await AskingTests.Choose(page, "Domain", "Legal");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete ferry.txt" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("tr[data-name='ferry.txt']")).ToHaveCountAsync(0);
        await browser.GoAsync("/");
        await AskingTests.Choose(page, "Domain", "Legal");
        await Talk(page).GetByRole(AriaRole.Button, new() { Name = First, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".turn").Last).ToContainTextAsync("900 kilowatts");
        await Assertions.Expect(page.Locator(".cite")).ToHaveCountAsync(0);

        await Talk(page).GetByRole(AriaRole.Button, new() { Name = "Delete conversation" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(Talk(page)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".turn")).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task List_is_behind_a_button_on_a_phone()
    {
        await using var browser = await Browser.OpenAsync(host, 390, 844);
        var page = browser.Page;
        await browser.SignInAsync();
        await UploadAsync(browser, "crane.txt");
        await browser.GoAsync("/");
        await AskingTests.Choose(page, "Domain", "Legal");
        await AskAsync(page, "What does the ferry's engine weigh and who painted the hull?");
        await Assertions.Expect(page.Locator(".receipt").First).ToBeVisibleAsync();
        var title = page.Locator(".talk-open", new() { HasText = "who painted the hull" });
        await Assertions.Expect(title).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Conversations" }).ClickAsync();
        await Assertions.Expect(title).ToBeVisibleAsync();
        await browser.PictureAsync("phone-conversations");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Assertions.Expect(title).ToBeHiddenAsync();
        Assert.Empty(browser.Complaints);
    }

    private static ILocator Talk(IPage page) => page.Locator(".talk", new() { HasText = First });

    private static async Task AskAsync(IPage page, string question)
    {
        await page.FillAsync("#question", question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }

    private static async Task UploadAsync(Browser browser, string name)
    {
        await browser.GoAsync("/documents");
        await AskingTests.Choose(browser.Page, "Domain", "Legal");
        await browser.Page.SetInputFilesAsync(AskingTests.Upload("legal"), new FilePayload
        {
            Name = name,
            MimeType = "text/plain",
            Buffer = "FERRY\n\nThe ferry's engine gives 900 kilowatts.\n\nThe yard of Halden mends the ferry's engine each winter.\n\nThe captain keeps the log.\n"u8.ToArray(),
        });
        await Assertions.Expect(browser.Page.Locator($"tr[data-name='{name}'] .status")).ToHaveTextAsync("Searchable");
    }
}
