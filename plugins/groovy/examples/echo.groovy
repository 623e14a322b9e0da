def output = new PrintStream(System.out, false, "UTF-8")
args.each { output.println(it) }
System.in.newReader("UTF-8").eachLine { output.println(it) }
output.flush()
