using Microsoft.Playwright;

namespace Tessera.Portal;

/// <summary>A Chromium window on the portal. Screenshots are kept in <c>TestResults/portal</c>.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private const string NewTenant = """
        async password => {
          const { header, token } = await (await fetch('/account/antiforgery')).json();
          const name = `tester-${crypto.randomUUID()}`;
          const post = async (path, body) => {
            const reply = await fetch(`/api/v1/admin/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', [header]: token } });
            if (!reply.ok) throw new Error(await reply.text());
            return await reply.json();
          };
          const tenant = await post('tenants', { name });
          await post('users', { tenantId: tenant.id, name, password, role: 'TenantAdministrator' });
          return name;
        }
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _url;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page, string url) =>
        (_playwright, _browser, Page, _url) = (playwright, browser, page, url);

    public IPage Page { get; }

    /// <summary>What the page asked of any other origin, and what its console called an error; both must stay empty.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> OpenAsync(RunningHost host, int width = 1366, int height = 900, bool dark = false)
    {
        var chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "Chromium is not installed (Debian: apt-get install chromium).");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Flags });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(45_000);
        Assertions.SetDefaultExpectTimeout(45_000);
        var opened = new Browser(playwright, browser, await context.NewPageAsync(), host.Url);
        opened.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                opened.Complaints.Add("request: " + request.Url);
            }
        };
        opened.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                opened.Complaints.Add("console: " + message.Text);
            }
        };
        return opened;
    }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(_url + path);
        await Page.WaitForSelectorAsync("[data-interactive=true]");
    }

    public async Task SignInAsync(string name = "admin", string password = RunningHost.Password)
    {
        await Page.GotoAsync(_url + "/");
        await Page.FillAsync("#name", name);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("button[type=submit]");
        if (password == RunningHost.Password)
        {
            await Page.WaitForSelectorAsync("[data-interactive=true]");
        }
    }

    /// <summary>Signs in as the administrator of a tenant made for this test: what it sees does not hang on which tests ran before.</summary>
    public async Task SignInToNewTenantAsync()
    {
        await SignInAsync();
        var name = await Page.EvaluateAsync<string>(NewTenant, RunningHost.Password);
        await Page.Context.ClearCookiesAsync();
        await SignInAsync(name);
    }

    public async Task PictureAsync(string name)
    {
        var folder = Path.Combine(RunningHost.Root, "TestResults", "portal");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = false });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
