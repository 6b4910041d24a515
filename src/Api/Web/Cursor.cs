using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Api.Web;

/// <summary>
/// The text form of a place in a list: the store's key with a check sum over the list's name, so that a cursor that was
/// cut, altered or taken from another list is refused instead of misread.
/// </summary>
internal static class Cursor
{
    private const int SumLength = 6;
    private const int LongestText = 400;

    public static string? Write(string list, string? key)
    {
        if (key is null)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(key);
        return Base64Url.EncodeToString([.. Sum(list, bytes), .. bytes]);
    }

    public static bool TryRead(string list, string text, out string key)
    {
        key = "";
        if (text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= SumLength || !bytes.AsSpan(0, SumLength).SequenceEqual(Sum(list, bytes.AsSpan(SumLength))))
        {
            return false;
        }

        key = Encoding.UTF8.GetString(bytes, SumLength, bytes.Length - SumLength);
        return true;
    }

    private static byte[] Sum(string list, ReadOnlySpan<byte> key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. key])[..SumLength];
}
