void main () {
    int64[] numbers = {};
    int64 total = 0;
    string? line;
    while ((line = stdin.read_line ()) != null) {
        foreach (string word in line.split (" ")) {
            if (word != "") {
                int64 number = int64.parse (word);
                numbers += number;
                total += number;
            }
        }
    }
    for (int i = 1; i < numbers.length; i++) {
        int64 number = numbers[i];
        int j = i;
        while (j > 0 && numbers[j - 1] > number) {
            numbers[j] = numbers[j - 1];
            j--;
        }
        numbers[j] = number;
    }
    stdout.printf ("%s\n", total.to_string ());
    for (int i = 0; i < numbers.length; i++) {
        stdout.printf (i == 0 ? "%s" : " %s", numbers[i].to_string ());
    }
    stdout.printf ("\n");
}
