"""What every door says of a matter: rows of words made from values. Colours and layout are the door's own."""
