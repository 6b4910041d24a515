using CloudManager.Core.Inventory;

namespace CloudManager.Core.Tests.Inventory;

public sealed class InventoryPolicyTests
{
    [Theory]
    [InlineData("an empty pool", 0, 0, true)]
    [InlineData("one alone may go", 1, 1, true)]
    [InlineData("one of two may go", 1, 2, true)]
    [InlineData("a pool of two that shows nothing", 2, 2, false)]
    [InlineData("a pool of five that shows nothing", 5, 5, false)]
    [InlineData("most of five", 3, 5, false)]
    [InlineData("a few of a small pool", 4, 10, true)]
    [InlineData("half of it and no more than a few", 5, 10, true)]
    [InlineData("more than a few and more than a fifth", 6, 20, false)]
    [InlineData("more than a few and no more than a fifth", 6, 30, true)]
    [InlineData("a fifth of many", 200, 1000, true)]
    [InlineData("more than a fifth of many", 201, 1000, false)]
    public void A_listing_is_believed_up_to_a_share_however_small_the_pool(
        string because,
        int missing,
        int known,
        bool believed
    ) => Assert.True(new InventoryPolicy().Believes(missing, known) == believed, because);
}
