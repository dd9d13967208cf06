using Microsoft.Playwright;

namespace Tessera.Portal;

public sealed class AskingTests(RunningHost host)
{
    [Fact]
    public async Task Newcomer_signs_in_uploads_asks_and_sees_the_quote_in_its_source()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInAsync();
        await browser.PictureAsync("ask-empty");

        await browser.GoAsync("/documents");
        await Choose(page, "Domain", "Legal");
        await page.SetInputFilesAsync(Upload("legal"), new FilePayload
        {
            Name = "lease.txt",
            MimeType = "text/plain",
            Buffer = "LEASE\n\n1. Rent. The rent is 1,250 euros per month.\n\n2. Deposit. The tenant pays a deposit of three months' rent before moving in.\n"u8.ToArray(),
        });
        var row = page.Locator("tr[data-name='lease.txt']");
        await Assertions.Expect(row.Locator(".status")).ToHaveTextAsync("Searchable");
        await browser.PictureAsync("documents");
        await row.GetByRole(AriaRole.Button, new() { Name = "Passages of lease.txt" }).ClickAsync();
        await Assertions.Expect(page.Locator(".chunk-text").First).ToContainTextAsync("1,250 euros");
        await browser.PictureAsync("passages");
        await page.Keyboard.PressAsync("Escape");

        await browser.GoAsync("/");
        await Choose(page, "Domain", "Legal");
        await page.FillAsync("#question", "How large is the deposit that the tenant pays?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".turn-sentence").First).ToContainTextAsync("three months' rent");
        var mark = page.Locator(".source mark").First;
        await Assertions.Expect(mark).ToContainTextAsync("three months' rent");
        await page.Locator(".cite").First.ClickAsync();
        await Assertions.Expect(page.Locator(".source").First).ToBeFocusedAsync();
        await browser.PictureAsync("answer");

        await page.FillAsync("#question", "Which football club won the championship in 1998?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".turn-refused").First).ToBeVisibleAsync();
        await browser.PictureAsync("refused");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Source_tells_what_its_words_refer_to_and_where_else_it_stands()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInToNewTenantAsync();
        await browser.GoAsync("/documents");
        await Choose(page, "Domain", "Legal");
        var filler = string.Concat(Enumerable.Repeat("The parties do what they have promised each other in good faith and at their own cost. ", 9));
        foreach (var name in (string[])["licence.txt", "licence-copy.txt"])
        {
            await page.SetInputFilesAsync(Upload("legal"), new FilePayload
            {
                Name = name, MimeType = "text/plain",
                Buffer = System.Text.Encoding.UTF8.GetBytes($"1. Definitions.\n\"Net Sales\" means all sales less returns. {filler}\n2. Royalty. The licensee pays a royalty of five per cent of Net Sales each year. {filler}{filler}{filler}The royalty ends with the last patent.\n"),
            });
            await Assertions.Expect(page.Locator($"tr[data-name='{name}'] .status")).ToHaveTextAsync("Searchable");
        }

        await browser.GoAsync("/");
        await Choose(page, "Domain", "Legal");
        await page.FillAsync("#question", "How large is the royalty?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".source .refers dt").First).ToHaveTextAsync("Net Sales");
        await Assertions.Expect(page.Locator(".source .refers dd").First).ToContainTextAsync("means all sales less returns.");
        var section = page.Locator(".source").First.GetByRole(AriaRole.Button, new() { Name = "Show the section" });
        await section.ClickAsync();
        await Assertions.Expect(page.Locator(".source .source-around").First).ToContainTextAsync("The royalty ends with the last patent.");
        await page.Locator(".source .also summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".source .also").First).ToContainTextAsync("licence");
        await browser.PictureAsync("source-refers");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Sample_question_is_answered_from_the_samples()
    {
        await using var browser = await Browser.OpenAsync(host, dark: true);
        await browser.SignInToNewTenantAsync();
        await Choose(browser.Page, "Domain", "Medical");
        await Assertions.Expect(browser.Page.Locator(".welcome p")).ToContainTextAsync("clinic");
        await browser.Page.Locator(".sample").First.ClickAsync();
        await Assertions.Expect(browser.Page.Locator(".turn-sentence").First).ToBeVisibleAsync();
        await Assertions.Expect(browser.Page.Locator(".source mark").First).ToBeVisibleAsync();
        await browser.PictureAsync("sample-dark");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Everything_needed_to_ask_works_from_the_keyboard()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await page.GotoAsync(host.Url + "/");
        await page.WaitForSelectorAsync("#name:focus");
        await page.Keyboard.TypeAsync("admin");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(RunningHost.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-interactive=true]");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        for (var i = 0; i < 25 && await page.EvaluateAsync<string>("document.activeElement?.id ?? ''") != "question"; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.TypeAsync("What is the meaning of xyzzy?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".turn-question").First).ToHaveTextAsync("What is the meaning of xyzzy?");
    }

    [Fact]
    public async Task Page_fits_a_phone()
    {
        await using var browser = await Browser.OpenAsync(host, 390, 844);
        await browser.SignInAsync();
        foreach (var path in (string[])["/", "/documents", "/retrieval", "/domains", "/models"])
        {
            await browser.GoAsync(path);
            await browser.Page.WaitForSelectorAsync("#main h4, #main h5");
            await browser.PictureAsync("phone" + path.Replace('/', '-'));
            Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), path);
        }
    }

    [Fact]
    public async Task Address_that_is_none_gets_a_page_that_leads_on()
    {
        await using var browser = await Browser.OpenAsync(host);
        await browser.SignInAsync();
        await browser.GoAsync("/nowhere");
        await Assertions.Expect(browser.Page.Locator("#main")).ToContainTextAsync("There is no such page");
        await browser.PictureAsync("nowhere");
        await browser.Page.Locator("#main").GetByRole(AriaRole.Link, new() { Name = "Ask" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("#question")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Wrong_password_is_told_so()
    {
        await using var browser = await Browser.OpenAsync(host);
        await browser.SignInAsync("nobody", "not the password");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await browser.PictureAsync("sign-in-refused");
    }

    /// <summary>The upload of a domain: another one's may still be there for a moment after the domain was chosen.</summary>
    internal static string Upload(string domain) => $".drop[data-domain='{domain}'] input[type=file]:not([disabled])";

    internal static async Task Choose(IPage page, string label, string value)
    {
        await page.GetByLabel(label).First.ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item", new() { HasText = value }).First.ClickAsync();
    }
}
