using Microsoft.Playwright;

namespace Tessera.Portal;

public sealed class RetrievalTests(RunningHost host)
{
    private const string Question = "How large is the deposit for the mill, and when must the rent end?";

    [Fact]
    public async Task Question_is_explained_in_two_setups_side_by_side()
    {
        await using var browser = await OpenAsync();
        var page = browser.Page;
        await AskAsync(page, Question);
        var left = page.Locator("[data-setup=configured]");
        var right = page.Locator("[data-setup=lexical]");
        var card = right.Locator(".explained", new() { HasText = "deposit of three months" });
        await Assertions.Expect(card.Locator("mark", new() { HasText = "deposit" }).First).ToBeVisibleAsync();
        await Assertions.Expect(card.Locator(".explained-why")).ToContainTextAsync("holds ‘deposit’");
        await Assertions.Expect(card.Locator(".explained-moves")).ToContainTextAsync("As configured");
        await Assertions.Expect(left.Locator(".explained")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".asked-word").First).ToContainTextAsync("large");
        await browser.PictureAsync("retrieval");

        // The figures of the table add up to what the summary says, on both sides.
        await page.EvaluateAsync("document.querySelectorAll('.figures').forEach(x => x.open = true)");
        var wrong = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.figures')].filter(x => {
              const sum = [...x.querySelectorAll('tbody td:last-child')].reduce((sum, cell) => sum + Number(cell.textContent), 0);
              return x.querySelectorAll('tbody tr').length < 5 || Math.abs(sum - Number(x.querySelector('tfoot td:last-child').textContent)) > 0.06;
            }).map(x => x.textContent)
            """);
        Assert.Empty(wrong);
        await card.Locator("table").ScrollIntoViewIfNeededAsync();
        await browser.PictureAsync("retrieval-figures");

        // The question stays, and another setup answers it at once.
        await Assertions.Expect(page.Locator("#question")).ToHaveValueAsync(Question);
        await AskingTests.Choose(page, "Left setup", "No ranker");
        await Assertions.Expect(page.Locator("[data-setup=no-ranker] .explained").First).ToBeVisibleAsync();
        await Assertions.Expect(left).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Copy_is_folded_and_its_place_told()
    {
        await using var browser = await OpenAsync();
        var page = browser.Page;
        await browser.GoAsync("/documents");
        await AskingTests.Choose(page, "Domain", "Legal");
        foreach (var years in (string[])["five", "two"])
        {
            var text = $"1. Secrecy. Each party keeps what it learns of the other secret for {years} years after the end, shows it to no one but those of its staff who must know it, and gives back on demand all papers, drawings, samples and copies of them that it holds at that time.";
            await page.SetInputFilesAsync(AskingTests.Upload("legal"), new FilePayload { Name = $"{years}.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
            await Assertions.Expect(page.Locator($"tr[data-name='{years}.txt'] .status")).ToHaveTextAsync("Searchable");
        }

        await browser.GoAsync("/retrieval");
        await AskingTests.Choose(page, "Domain", "Legal");
        await AskAsync(page, "How long does secrecy last after the end?");
        var also = page.Locator("[data-setup=configured] .also").First;
        await Assertions.Expect(also.Locator("summary")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Nearly the same in (five|two).txt$"));
        await also.Locator("summary").ClickAsync();
        await Assertions.Expect(also).ToContainTextAsync(new System.Text.RegularExpressions.Regex("with ‘(five|two)’ instead of ‘(five|two)’"));
        // What the other setup folds is not told to be missing there.
        await Assertions.Expect(page.Locator("[data-setup=configured] .explained-moves").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("same place|folded under 1 in Lexical"));
        await Assertions.Expect(page.Locator("[data-setup=lexical] .explained-moves").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("same place|folded under 1 in As configured"));
        await browser.PictureAsync("retrieval-also");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Everything_works_from_the_keyboard_and_by_night()
    {
        await using var browser = await OpenAsync(dark: true);
        var page = browser.Page;
        await page.FocusAsync("#question");
        await page.Keyboard.TypeAsync(Question);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".explained").First).ToBeVisibleAsync();
        for (var i = 0; i < 40 && !await page.EvaluateAsync<bool>("document.activeElement?.tagName === 'SUMMARY'"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".figures[open] table").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".figures[open]")).ToHaveCountAsync(1);
        Assert.All(await page.Locator(".bar-of-parts").EvaluateAllAsync<string[]>("bars => bars.map(x => x.getAttribute('aria-label'))"), words => Assert.NotEmpty(words));
        await browser.PictureAsync("retrieval-dark");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Page_fits_a_phone()
    {
        await using var browser = await OpenAsync(390, 844);
        await AskAsync(browser.Page, Question);
        await browser.Page.EvaluateAsync("document.querySelectorAll('.figures').forEach(x => x.open = true)");
        await browser.PictureAsync("phone-retrieval");
        await browser.Page.Locator(".figures").First.ScrollIntoViewIfNeededAsync();
        await browser.PictureAsync("phone-retrieval-figures");
        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Fact]
    public async Task Where_there_is_nothing_to_show_the_page_says_why()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await browser.SignInToNewTenantAsync();
        await browser.GoAsync("/retrieval");
        await AskingTests.Choose(page, "Domain", "Legal");
        await NoticeAsync("No documents yet");
        await browser.PictureAsync("retrieval-no-documents");
        await AskAsync(page, "deposit");
        await NoticeAsync("No documents yet");

        await UploadAsync(browser);
        await AskAsync(page, "the of and");
        await NoticeAsync("Only stop words");
        await browser.PictureAsync("retrieval-stop-words");
        await AskAsync(page, "zzyzx");
        await NoticeAsync("Nothing found");
        await AskAsync(page, "deposit");
        await Assertions.Expect(page.Locator(".explained").First).ToBeVisibleAsync();
        Assert.Empty(browser.Complaints);

        Task NoticeAsync(string title) => Assertions.Expect(page.Locator(".notice")).ToContainTextAsync(title);
    }

    private static async Task AskAsync(IPage page, string question)
    {
        await page.FillAsync("#question", question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".setups, .notice").First).ToBeVisibleAsync();
    }

    private async Task<Browser> OpenAsync(int width = 1366, int height = 900, bool dark = false)
    {
        var browser = await Browser.OpenAsync(host, width, height, dark);
        await browser.SignInToNewTenantAsync();
        await UploadAsync(browser);
        return browser;
    }

    private static async Task UploadAsync(Browser browser)
    {
        await browser.GoAsync("/documents");
        await AskingTests.Choose(browser.Page, "Domain", "Legal");
        foreach (var (name, text) in ((string, string)[])
            [
                ("lease-of-the-mill.txt", "LEASE OF THE MILL\n\n1. Rent. The rent is 1,250 euros per month, payable in advance.\n\n2. Deposit. The tenant pays a deposit of three months' rent before moving in.\n\n3. Term. This lease shall expire on 31 May 2031 unless the parties renew it in writing.\n\n4. Notice. Either party may terminate this lease by three months' notice in writing.\n"),
                ("supply.txt", "SUPPLY AGREEMENT\n\n1. Goods. The supplier delivers flour and salt.\n\n2. Payment. Invoices are payable within thirty days. No deposit is due.\n\n3. Duration. The agreement lapses at the end of the harvest.\n"),
            ])
        {
            await browser.Page.SetInputFilesAsync(AskingTests.Upload("legal"), new FilePayload { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
            await Assertions.Expect(browser.Page.Locator($"tr[data-name='{name}'] .status")).ToHaveTextAsync("Searchable");
        }

        await browser.GoAsync("/retrieval");
        await AskingTests.Choose(browser.Page, "Domain", "Legal");
    }
}
