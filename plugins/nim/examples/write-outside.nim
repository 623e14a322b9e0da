var path: string
while stdin.readLine(path):
  var file: File
  echo (if open(file, path, fmWrite): "written" else: "refused")
