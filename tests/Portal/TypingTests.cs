using Microsoft.Playwright;

namespace Tessera.Portal;

/// <summary>What is asked is what stands in the box when it is asked, however far behind the host or the browser is.</summary>
public sealed class TypingTests(RunningHost host)
{
    private const string Long = "What does the lease of the house in the rue de la Paix, signed in 1998, say about who pays for repairs of the roof, and within how many days?";

    [Fact]
    public async Task Question_typed_fast_over_a_slow_line_is_asked_whole()
    {
        await using var browser = await OpenAsync(slow: true);
        await browser.Page.Keyboard.TypeAsync(Long);
        await browser.Page.Keyboard.PressAsync("Enter");
        await AskedAsync(browser, Long);
        await BoxAsync(browser, "");
    }

    [Fact]
    public async Task Question_typed_fast_in_a_slow_browser_is_asked_whole()
    {
        await using var browser = await OpenAsync();
        var tools = await browser.Page.Context.NewCDPSessionAsync(browser.Page);
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 8 });
        await browser.Page.Keyboard.TypeAsync(Long);
        await browser.Page.Keyboard.PressAsync("Enter");
        await AskedAsync(browser, Long);
    }

    [Fact]
    public async Task Question_is_what_stands_in_the_box_whatever_the_host_heard_of_the_typing()
    {
        await using var browser = await OpenAsync();
        await browser.Page.Keyboard.TypeAsync("What is the meaning of xy");
        await browser.Page.EvaluateAsync("window.addEventListener('input', event => event.stopImmediatePropagation(), true)");
        await browser.Page.Keyboard.TypeAsync("zzy?");
        await browser.Page.Keyboard.PressAsync("Enter");
        await AskedAsync(browser, "What is the meaning of xyzzy?");
    }

    [Fact]
    public async Task Words_typed_on_after_Enter_over_a_slow_line_stay_in_the_box()
    {
        await using var browser = await OpenAsync(slow: true);
        await browser.Page.Keyboard.TypeAsync("Who pays the rent?");
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.Page.Keyboard.TypeAsync("And who pays the deposit?");
        await AskedAsync(browser, "Who pays the rent?");
        await BoxAsync(browser, "And who pays the deposit?");
        await Assertions.Expect(browser.Page.Locator(".turn-refused, .turn-sentence").First).ToBeVisibleAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        await AskedAsync(browser, "And who pays the deposit?");
        await BoxAsync(browser, "");
    }

    [Fact]
    public async Task Enter_pressed_twice_over_a_slow_line_asks_once()
    {
        await using var browser = await OpenAsync(slow: true);
        await browser.Page.Keyboard.TypeAsync("Who pays the rent?");
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(browser.Page.Locator(".turn-refused, .turn-sentence").First).ToBeVisibleAsync();
        await BoxAsync(browser, "");
        await browser.Page.Keyboard.TypeAsync("And who pays the deposit?");
        await browser.Page.Keyboard.PressAsync("Enter");
        await AskedAsync(browser, "And who pays the deposit?");
        await Assertions.Expect(browser.Page.Locator(".turn-question")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Shift_and_Enter_start_a_line_and_an_empty_box_asks_nothing()
    {
        await using var browser = await OpenAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        await BoxAsync(browser, "");
        await browser.Page.Keyboard.TypeAsync("Who pays");
        await browser.Page.Keyboard.PressAsync("Shift+Enter");
        await browser.Page.Keyboard.TypeAsync("the rent?");
        await BoxAsync(browser, "Who pays\nthe rent?");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await AskedAsync(browser, "Who pays the rent?");
        await Assertions.Expect(browser.Page.Locator(".turn-question")).ToHaveCountAsync(1);
    }

    private async Task<Browser> OpenAsync(bool slow = false)
    {
        var browser = await Browser.OpenAsync(host);
        var line = await SlowLine.OfAsync(browser.Page);
        await browser.SignInAsync();
        // The first domain in the list is switched off and on by other tests.
        await AskingTests.Choose(browser.Page, "Domain", "Legal");
        await Assertions.Expect(browser.Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        await browser.Page.FocusAsync("#question");
        if (slow)
        {
            line.Slow();
        }

        return browser;
    }

    private static async Task AskedAsync(Browser browser, string question)
    {
        await Assertions.Expect(browser.Page.Locator(".turn-question").First).ToHaveTextAsync(question);
        Assert.Empty(browser.Complaints);
    }

    private static Task BoxAsync(Browser browser, string words) => Assertions.Expect(browser.Page.Locator("#question")).ToHaveValueAsync(words);
}
