let total: int = "text"
echo total
