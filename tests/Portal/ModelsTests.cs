using Microsoft.Playwright;
using Tessera.Inference.Gguf;

namespace Tessera.Portal;

// A host of its own: a model that is there changes how every question is answered.
public sealed class ModelsTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task File_that_is_no_model_is_refused_with_the_reason()
    {
        await using var browser = await Browser.OpenAsync(host);
        await OpenAsync(browser);
        await UploadAsync(browser, "broken.gguf", "GGUF and then nothing of use"u8.ToArray());
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Refused");
        await browser.PictureAsync("model-refused");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Model_is_dropped_made_the_default_and_removed()
    {
        await using var browser = await Browser.OpenAsync(host);
        await OpenAsync(browser);
        var name = $"tiny-{Guid.NewGuid():N}";
        var path = Path.Combine(Path.GetTempPath(), $"{name}.gguf");
        RandomModel.Write(path, RandomModelShape.Tiny["llama-bpe"], Random.Shared.Next());
        await UploadAsync(browser, $"{name}.gguf", await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        File.Delete(path);
        var card = browser.Page.Locator($"[data-model='{name}']");
        var refused = browser.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(card.Or(refused)).ToBeVisibleAsync();
        Assert.SkipWhen(await refused.CountAsync() > 0, $"No engine runs models here: {(await refused.CountAsync() > 0 ? await refused.TextContentAsync() : "")}");
        await Assertions.Expect(card).ToContainTextAsync("llama");
        await Assertions.Expect(card).ToContainTextAsync("512 tokens");
        await Assertions.Expect(card).ToContainTextAsync("the platform's default");
        await browser.PictureAsync("models");
        await card.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" }).ClickAsync();
        await browser.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(card).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Pull_that_fails_says_why_and_is_dismissed_from_the_keyboard()
    {
        await using var browser = await Browser.OpenAsync(host);
        await OpenAsync(browser);
        await browser.Page.FocusAsync("#reference");
        await browser.Page.Keyboard.TypeAsync("not a reference");
        await browser.Page.Keyboard.PressAsync("Enter");
        var pull = browser.Page.Locator("[data-pull='not a reference']").First;
        await Assertions.Expect(pull).ToHaveAttributeAsync("data-state", "Failed");
        await Assertions.Expect(pull.GetByRole(AriaRole.Status)).Not.ToBeEmptyAsync();
        await pull.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).FocusAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(pull).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Tenant_allows_a_server_elsewhere_sees_so_everywhere_and_takes_it_back()
    {
        await using var browser = await Browser.OpenAsync(host);
        var page = browser.Page;
        await OpenAsync(browser);
        await AskingTests.Choose(page, "Legal", "None: answers quote");
        await Assertions.Expect(page.GetByLabel("Legal").First).ToHaveValueAsync("None: answers quote");
        await page.FillAsync("#remote-url", "http://169.254.169.254/v1");
        await SaveAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Link-local");

        await page.FillAsync("#remote-url", "http://models.example.org:9/v1");
        await page.FillAsync("#remote-key", "sk-secret");
        await page.FillAsync("#remote-chat", "some-model");
        await page.GetByRole(AriaRole.Switch).ClickAsync();
        await Assertions.Expect(page.Locator(".warning")).ToContainTextAsync("leave this machine");
        await SaveAsync(page);
        await Assertions.Expect(page.Locator(".rail-note")).ToContainTextAsync("models.example.org");
        await Assertions.Expect(page.GetByLabel("Key (set; empty keeps it)")).ToHaveValueAsync("");
        await page.Locator("#remote-url").ScrollIntoViewIfNeededAsync();
        await browser.PictureAsync("remote");

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rail-note")).ToContainTextAsync("Everything stays on this machine");
        await AskingTests.Choose(page, "Legal", "Left to the domain");
        Assert.Empty(browser.Complaints);
    }

    private static async Task OpenAsync(Browser browser)
    {
        await browser.SignInAsync();
        await browser.GoAsync("/models");
        await browser.Page.WaitForSelectorAsync("#remote-url");
    }

    private static Task UploadAsync(Browser browser, string name, byte[] bytes) => browser.Page.SetInputFilesAsync(
        "input[type=file]:not([disabled])", new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
}
