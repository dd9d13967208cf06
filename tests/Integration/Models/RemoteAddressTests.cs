using Tessera.Host.Models;

namespace Tessera.Integration.Models;

public sealed class RemoteAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000/v1")]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://192.168.1.20/v1")]
    [InlineData("http://[::1]:8000")]
    [InlineData("http://[fd12:3456::1]/v1")]
    [InlineData("https://models.example.org/v1")]
    public void Server_here_in_the_network_or_elsewhere_is_taken(string url) => Assert.Null(RemoteAddress.Problem(url));

    [Theory]
    [InlineData("")]
    [InlineData("models.example.org")]
    [InlineData("ftp://models.example.org")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:secret@models.example.org")]
    [InlineData("http://models.example.org/v1?key=secret")]
    [InlineData("http://models.example.org/v1#a")]
    [InlineData("http://169.254.169.254/v1")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://metadata.google.internal./v1")]
    [InlineData("http://METADATA/v1")]
    public void Address_that_is_none_or_gives_out_a_clouds_credentials_is_refused(string url) => Assert.NotNull(RemoteAddress.Problem(url));
}
